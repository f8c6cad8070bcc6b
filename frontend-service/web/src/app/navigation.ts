import {
  Activity, Cable, FileText, History, Home, KeyRound, type LucideIcon, Settings, ShieldCheck, TriangleAlert, Users,
} from "lucide-react";

export interface Place {
  to: string;
  label: string;
  icon: LucideIcon;
  /** Pressed after g. */
  key: string;
  /** Without it the page is not offered. */
  needs?: string;
  group: "See" | "Data" | "Run Pulse";
}

/** Everywhere one can go; the side, the bottom bar and the command menu all read this. */
export const places: readonly Place[] = [
  { to: "/", label: "Overview", icon: Home, key: "o", group: "See" },
  { to: "/jobs", label: "Jobs", icon: Activity, key: "j", needs: "jobs:read", group: "See" },
  { to: "/jobs/history", label: "Run history", icon: History, key: "h", needs: "jobs:read", group: "See" },
  { to: "/connections", label: "Connections", icon: Cable, key: "c", needs: "connections:read", group: "Data" },
  { to: "/quarantine", label: "Data quality", icon: TriangleAlert, key: "q", needs: "jobs:read", group: "Data" },
  { to: "/logs", label: "Logs", icon: FileText, key: "l", needs: "logs:read", group: "Run Pulse" },
  { to: "/users", label: "Users and roles", icon: Users, key: "u", needs: "users:write", group: "Run Pulse" },
  { to: "/audit", label: "Audit", icon: ShieldCheck, key: "a", needs: "audit:read", group: "Run Pulse" },
  { to: "/settings", label: "Settings", icon: Settings, key: "s", group: "Run Pulse" },
  { to: "/access", label: "Sessions and tokens", icon: KeyRound, key: "t", group: "Run Pulse" },
];

export function placesFor(permissions: readonly string[]): Place[] {
  return places.filter((place) => !place.needs || permissions.includes(place.needs));
}
