"""Names that results can be ranked by: every number that a batch keeps of an answer, and nothing else."""

import pytest

from service.jobs.headline import figure_of, flat, headline
from service.schemas.answer import Assessment
from service.schemas.examples import answers
from service.schemas.figures import is_figure


def test_every_number_that_a_batch_keeps_is_a_figure() -> None:
    kept = headline(Assessment.model_validate(answers()["assess"]))
    names = [name for name in flat(kept) if figure_of(kept, name) is not None]
    assert len(names) > 50
    assert [name for name in names if not is_figure(name)] == []


@pytest.mark.parametrize("name", ["foo", "foo.bar", "cost", "cost.", "cost.foo", "supply.generators", "warnings", ""])
def test_what_is_no_number_of_an_answer_is_none(name: str) -> None:
    assert not is_figure(name)
