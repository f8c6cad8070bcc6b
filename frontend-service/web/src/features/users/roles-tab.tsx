import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { rolesQuery } from "@/api/operations";
import { Loaded, Panel } from "@/components/panel";
import { sentence } from "@/lib/words";

/** Which role may what: the very table that the gateway decides by. */
export function RolesTab() {
  const roles = useQuery(rolesQuery);
  return (
    <Panel title="What each role may" flush>
      <Loaded query={roles}>
        {(all) => {
          const permissions = [...new Set(all.flatMap((role) => role.permissions))].toSorted();
          return (
            <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Permissions by role">
              <table className="w-full text-sm">
                <thead>
                  <tr className="text-xs text-muted">
                    <th scope="col" className="px-4 py-2 text-left font-medium">Permission</th>
                    {all.map((role) => (
                      <th key={role.role} scope="col" className="px-3 py-2 font-medium">{sentence(role.role)}</th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {permissions.map((permission) => (
                    <tr key={permission} className="border-t">
                      <th scope="row" className="px-4 py-1.5 text-left font-mono text-xs font-normal">{permission}</th>
                      {all.map((role) => (
                        <td key={role.role} className="px-3 py-1.5 text-center">
                          {role.permissions.includes(permission) ? (
                            <Check size={15} role="img" aria-label="yes" className="mx-auto text-good" />
                          ) : (
                            <span className="text-muted"><span aria-hidden>·</span><span className="sr-only">no</span></span>
                          )}
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Loaded>
    </Panel>
  );
}
