import { useSuspenseQuery } from "@tanstack/react-query";
import { profileQuery } from "@/api/session";
import type { Profile } from "@/api/types";
import { missing } from "./permissions";

/** Who is signed in; pages are shown to nobody else. */
export function useProfile(): Profile {
  return useSuspenseQuery(profileQuery).data;
}

/** Why the reader may not do something, or null. */
export function useMissing(permission: string): string | null {
  return missing(permission, useProfile().permissions);
}
