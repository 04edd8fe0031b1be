"""Charts that several sections draw: lines, whiskers, flows; our own SVG."""
