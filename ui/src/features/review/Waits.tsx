import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useBackend } from "~/app/backend-context";
import type { Allowance } from "~/bindings/Allowance";
import type { PlanView } from "~/bindings/PlanView";
import { Icon } from "~/components";
import styles from "./Results.module.css";
import type { Wait } from "./use-plan";

/** The organisations that are given a rest, with the seconds left. */
export function Waits({ waits, view }: { waits: Wait[]; view: PlanView }) {
  return waits.map((wait) => {
    const group = view.groups.find(({ connection }) => connection.id === wait.connection);
    return (
      <WaitLine key={wait.connection} wait={wait} name={group?.connection.label ?? "the organisation"} />
    );
  });
}

function WaitLine({ wait, name }: { wait: Wait; name: string }) {
  const backend = useBackend();
  const seconds = useSecondsLeft(wait.untilMs);
  const usage = useQuery({
    queryKey: ["usage", wait.connection, wait.untilMs],
    queryFn: () => backend.call("connection_usage", { connection: wait.connection }),
    retry: false,
    gcTime: 0,
  });
  if (seconds === 0) return null;
  const rule = usage.data?.allowance ? allowanceWords(usage.data.allowance) : null;
  return (
    <p className={styles.wait}>
      <Icon name="clock" size={14} />
      <span>
        Waiting {seconds} s: <bdi>{name}</bdi> {rule ?? "asks for fewer requests at a time"}.
      </span>
    </p>
  );
}

/** "allows 50 requests a minute", as far as the vendor has told. */
export function allowanceWords({ limit, periodS }: Allowance): string | null {
  if (limit === null) return null;
  const requests = `allows ${limit} requests`;
  if (periodS === null) return `${requests} at a time`;
  return periodS === 60 ? `${requests} a minute` : `${requests} in ${periodS} s`;
}

function useSecondsLeft(untilMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, Math.ceil((untilMs - now) / 1000));
}
