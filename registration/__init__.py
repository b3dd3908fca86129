"""What an application is: pure values and rules, standard library only."""
