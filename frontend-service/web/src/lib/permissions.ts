/** What a control needs, and the least role that has it, to be named where the control is disabled. */
const leastRole: Readonly<Record<string, string>> = {
  "jobs:read": "Viewer",
  "connections:read": "Viewer",
  "jobs:control": "Operator",
  "logs:read": "Operator",
  "quarantine:write": "Operator",
  "connections:write": "Admin",
  "checkpoints:write": "Admin",
  "settings:write": "Admin",
  "users:write": "Admin",
  "audit:read": "Admin",
};

export type Permission = keyof typeof leastRole & string;

/** Why somebody may not, or null if they may. */
export function missing(permission: string, held: readonly string[]): string | null {
  if (held.includes(permission)) return null;
  return `This takes the role ${leastRole[permission] ?? "Admin"}.`;
}
