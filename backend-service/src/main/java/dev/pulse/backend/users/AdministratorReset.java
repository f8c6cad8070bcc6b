package dev.pulse.backend.users;

/** The administrator is let in anew by whoever starts Pulse; announced in that transaction. */
public record AdministratorReset(long userId) {}
