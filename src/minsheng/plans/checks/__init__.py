"""Does the notice agree with itself? One check a file; ``run.CHECKS`` lists them."""
