import type { Environment } from "~/bindings/Environment";
import { cx } from "../cx";
import styles from "./EnvTag.module.css";

const words: Record<Environment, { full: string; short: string }> = {
  production: { full: "Production", short: "Prod" },
  staging: { full: "Staging", short: "Staging" },
  development: { full: "Development", short: "Dev" },
  sandbox: { full: "Sandbox", short: "Sandbox" },
};

/** The environment in words: `Production`. */
export function environmentName(environment: Environment): string {
  return words[environment].full;
}

export interface EnvTagProps {
  environment: Environment;
  /** The short word with the full one as tooltip, where there is little room. */
  short?: boolean;
}

/** What an organisation is used for: always a word in a rectangle, never a status. */
export function EnvTag({ environment, short = false }: EnvTagProps) {
  const { full, short: brief } = words[environment];
  return (
    <span className={cx(styles.tag, styles[environment])} title={short && brief !== full ? full : undefined}>
      {short ? brief : full}
    </span>
  );
}
