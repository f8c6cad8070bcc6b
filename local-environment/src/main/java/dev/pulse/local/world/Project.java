package dev.pulse.local.world;

/** A project of the tracker. */
public record Project(int index, long id, String key, String name, Person lead) {}
