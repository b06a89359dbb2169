"""Three invented years of an invented hospital group: for trying the product, never for a real installation."""
