"""The types that travel between the rooms: frozen, without IO and without options."""
