"""What operators do to deliveries and notices, and a counterparty to try against."""
