"""The command line: options in, one call, result out. Only here are things printed and exit codes chosen."""
