"""stub"""
from __future__ import annotations
class Dropped:
    def __init__(self, chain): self.chain=chain
    @staticmethod
    def explains(chain): return False
