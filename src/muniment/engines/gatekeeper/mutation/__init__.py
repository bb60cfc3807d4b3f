"""Mutation: mutators that change objects before they are judged, in rounds until nothing changes."""
