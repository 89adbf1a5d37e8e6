"""The program as a whole, measured from outside: what Bench/processes and Bench/growth are made of."""
