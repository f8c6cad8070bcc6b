import { useQueryClient } from "@tanstack/react-query";
import { profileQuery } from "@/api/session";
import { Dialog } from "@/components/dialog";
import { useProfile } from "@/lib/me";
import { SignInForm } from "./sign-in-form";

/** The session has ended; signing in here keeps the page with all that was typed into it. */
export function SessionOver({ onBack }: { onBack: () => void }) {
  const client = useQueryClient();
  const { user } = useProfile();
  return (
    <Dialog title="Your session is over" onClose={() => location.assign("/login")}>
      <div className="flex flex-col gap-4 px-5 py-4">
        <p>It was ended, or not used for too long. Sign in and go on where you were: nothing on this page is lost.</p>
        <SignInForm
          email={user.email}
          onDone={(profile) => {
            if (profile.user.id !== user.id) return location.reload();
            client.setQueryData(profileQuery.queryKey, profile);
            void client.invalidateQueries();
            onBack();
          }}
        />
      </div>
    </Dialog>
  );
}
