"""One module by subject; each view loads what its reader may see, allows, and renders or acts."""
