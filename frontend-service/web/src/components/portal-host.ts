import { createContext, useContext } from "react";

/** Where tips and menus are hung up: inside the window that is open, since nothing outside of it can be seen. */
export const PortalHost = createContext<HTMLElement | null>(null);

export function usePortalHost(): HTMLElement | undefined {
  return useContext(PortalHost) ?? undefined;
}
