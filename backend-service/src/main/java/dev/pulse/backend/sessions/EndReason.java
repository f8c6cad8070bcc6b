package dev.pulse.backend.sessions;

/** Why a session is over before its time. */
public enum EndReason {
  LOGOUT,
  /** By its user, or an administrator, from elsewhere. */
  REVOKED,
  /** A refresh token that was replaced long ago came back: somebody has stolen it. */
  REUSED,
  PASSWORD_CHANGED,
  DEACTIVATED
}
