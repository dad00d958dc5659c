"""What we remember of evidence: published results, measurements, suggestions."""
