"""The pure middle: what an engine finds becomes results, results become control results, and the gate decides."""
