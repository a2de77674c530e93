"""The views of all pages, made from the linked notes and from what follows from them."""
