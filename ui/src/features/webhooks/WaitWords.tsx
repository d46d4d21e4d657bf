import { useSecondsLeft } from "./use-second";

/** `waiting 42 s for the limit`, counting down. Only the wait is announced, not each second of it. */
export function WaitWords({ untilMs }: { untilMs: number }) {
  const seconds = useSecondsLeft(untilMs);
  return (
    <>
      <span aria-hidden="true">{seconds > 0 ? `waiting ${seconds} s for the limit` : "going on"}</span>
      <span className="visually-hidden">waiting for the limit</span>
    </>
  );
}
