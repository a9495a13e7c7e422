"""A simple, honest volume study of a proposal: envelope, boxes, figures, drawings."""
