import type { PairView } from "~/bindings/PairView";
import type { WebhookPick } from "~/bindings/WebhookPick";
import { cx, ErrorBanner, LinkButton } from "~/components";
import { DOTS } from "~/components/editing";
import { pairPath, useReveal } from "../secrets";
import styles from "./Inspector.module.css";

type Props = {
  pick: WebhookPick;
  path: string;
  pairs: readonly PairView[];
};

/** Names with values; what counts as secret stays masked until it is asked for. */
export function PairsValue({ pick, path, pairs }: Props) {
  return (
    <ul className={cx(styles.pairs)}>
      {pairs.map((pair, at) => (
        // A name may stand twice; its place is what it is asked for by.
        <li key={at}>
          <span className={cx(styles.pairName)}>
            {pair.group !== null && <span className={cx(styles.pairGroup)}>{pair.group}</span>}
            <bdi>{pair.name}</bdi>
          </span>
          {pair.value !== null ? (
            <bdi className={cx(styles.pairValue)}>{pair.value === "" ? "(empty)" : pair.value}</bdi>
          ) : pair.hasValue ? (
            <HiddenValue pick={pick} path={pairPath(path, pairs, at)} name={pair.name} />
          ) : (
            <span className={cx(styles.pairNone)}>No value</span>
          )}
        </li>
      ))}
    </ul>
  );
}

type HiddenProps = { pick: WebhookPick; path: string; name: string };

/** A value that was read and withheld; it is read again when it is asked for. */
function HiddenValue({ pick, path, name }: HiddenProps) {
  const reveal = useReveal(pick, path);
  return (
    <span className={cx(styles.pairValue)}>
      {reveal.value === null ? (
        <span className={cx(styles.dots)}>
          <span aria-hidden="true">{DOTS}</span>
          <span className="visually-hidden">Stored</span>
        </span>
      ) : (
        <bdi>{reveal.value === "" ? "(empty)" : reveal.value}</bdi>
      )}{" "}
      <LinkButton
        aria-label={`${reveal.value === null ? "Reveal" : "Hide"} ${name}`}
        isPending={reveal.pending}
        onPress={reveal.value === null ? reveal.show : reveal.hide}
      >
        {reveal.value === null ? "Reveal" : "Hide"}
      </LinkButton>
      {reveal.error && <ErrorBanner error={reveal.error} />}
    </span>
  );
}
