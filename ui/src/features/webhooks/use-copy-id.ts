import { useToast } from "~/components";

/** Copies a webhook's ID and says so. */
export function useCopyId(): (id: string) => void {
  const toast = useToast();
  return (id) => {
    navigator.clipboard.writeText(id).then(
      () => toast({ message: "ID copied" }),
      () => toast({ message: "The system refused the copy. The details show the ID as text." }),
    );
  };
}
