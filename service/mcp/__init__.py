"""Five tools for language models (Model Context Protocol) over the use cases; the command is `sitewatt mcp`."""
