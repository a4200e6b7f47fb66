"""A maker of synthetic annual reports whose every cell is known: one seed, one truth, many layouts and formats."""
