import { useNavigate } from "@tanstack/react-router";
import { KeyRound, LogOut, Monitor, Moon, Sun, UserRound } from "lucide-react";
import { signOut } from "@/api/session";
import { Button } from "@/components/button";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/components/menu";
import { tellFailure } from "@/components/toast";
import { useProfile } from "@/lib/me";
import { setTheme, type Theme, useTheme } from "@/lib/theme";
import { sentence } from "@/lib/words";

const themes = [
  { theme: "light", icon: Sun, label: "Light" },
  { theme: "dark", icon: Moon, label: "Dark" },
  { theme: "system", icon: Monitor, label: "As the system" },
] as const satisfies readonly { theme: Theme; icon: typeof Sun; label: string }[];

export function ThemeMenu() {
  const theme = useTheme();
  const current = themes.find((each) => each.theme === theme) ?? themes[2];
  const Icon = current.icon;
  return (
    <Menu trigger={<Button look="quiet" label={`Theme: ${current.label}`} icon={<Icon size={16} />} />}>
      {themes.map(({ theme: each, icon: Each, label }) => (
        <MenuItem key={each} icon={<Each size={15} />} onSelect={() => setTheme(each)}>
          {label}
          {each === theme && <span className="text-muted"> (now)</span>}
        </MenuItem>
      ))}
    </Menu>
  );
}

export function UserMenu() {
  const { user } = useProfile();
  const navigate = useNavigate();
  async function leave() {
    try {
      await signOut();
      location.assign("/login");
    } catch (failure) {
      tellFailure(failure);
    }
  }
  return (
    <Menu trigger={<Button look="quiet" label={`Signed in as ${user.name}`} icon={<UserRound size={16} />} />}>
      <MenuLabel>
        <span className="block text-sm font-medium text-ink">{user.name}</span>
        {user.email} · {sentence(user.role)}
      </MenuLabel>
      <MenuLine />
      <MenuItem icon={<KeyRound size={15} />} onSelect={() => void navigate({ to: "/access" })}>
        Sessions and tokens
      </MenuItem>
      <MenuItem icon={<UserRound size={15} />} onSelect={() => void navigate({ to: "/password" })}>
        Change password
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<LogOut size={15} />} onSelect={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
