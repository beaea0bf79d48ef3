"""Rules that can be computed, one module each: figures in, a finding with verdict, reasons and article out."""
