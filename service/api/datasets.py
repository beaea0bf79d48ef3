"""GET /v1/datasets."""

from fastapi import APIRouter

from service.http.tagged import NOT_MODIFIED, Tagged
from service.schemas.lookups import DatasetList
from service.uses.catalogue import dataset_list

router = APIRouter(prefix="/v1", route_class=Tagged, tags=["Look up"], responses=NOT_MODIFIED)


@router.get("/datasets", operation_id="list_datasets", summary="What data this instance uses")
def datasets() -> DatasetList:
    """Version, licence, attribution, cover, known error and sources of every table that ships."""
    return dataset_list()
