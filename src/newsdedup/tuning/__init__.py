"""The weights of the model, fitted to labelled pairs."""
