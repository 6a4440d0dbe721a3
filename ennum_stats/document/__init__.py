"""One document, and a file for each format it is written in: `blocks` is the model, the others write it."""
