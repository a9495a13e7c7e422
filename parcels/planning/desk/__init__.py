"""What the editor in the browser is answered."""
