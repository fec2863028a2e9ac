"""How it is measured: indicators, rounds, returns, figures."""
