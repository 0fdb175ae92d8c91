"""The engine's loops over words, compiled: arrays in, arrays out, no types of the engine.

`jit` says how they are compiled; `services.originality.engine.warm` compiles all of them.
"""
