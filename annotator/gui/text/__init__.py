"""The text pane: article, marks, caret, selection."""
