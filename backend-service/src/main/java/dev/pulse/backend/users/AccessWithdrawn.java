package dev.pulse.backend.users;

/** A user may no longer enter; announced in the transaction that decides it. */
public record AccessWithdrawn(long userId) {}
