import type { ReactNode } from "react";
import type { AppError } from "~/bindings/AppError";
import { Banner } from "../banner/Banner";
import { Button } from "../button/Button";
import { cx } from "../cx";
import styles from "./ErrorBanner.module.css";
import { retryWords, vendorWords } from "./vendorWords";

export interface ErrorBannerProps {
  error: AppError;
  /** Another heading than the error's own message, which then moves into the body. */
  title?: ReactNode;
  /** What the error means for the user: `Showing what was read at 14:32.` */
  effect?: ReactNode;
  onRetry?: (() => void) | undefined;
  /** Further buttons. */
  actions?: ReactNode;
}

/** What happened, where, in the vendor's words, and what to do next. */
export function ErrorBanner({ error, title, effect, onRetry, actions }: ErrorBannerProps) {
  const vendor = vendorWords(error);
  const wait = retryWords(error);
  const buttons = (onRetry !== undefined || actions !== undefined) && (
    <>
      {actions}
      {onRetry && (
        <Button size="sm" onPress={onRetry}>
          Try again
        </Button>
      )}
    </>
  );
  return (
    <Banner tone="error" title={title ?? error.message} {...(buttons === false ? {} : { action: buttons })}>
      {title !== undefined && <p>{error.message}</p>}
      {error.place !== null && <p className={cx(styles.meta)}>{error.place}</p>}
      {vendor && (
        <p>
          <q className={cx(styles.quote)}>
            <bdi>{vendor.text}</bdi>
          </q>
          {vendor.facts !== "" && <span className={cx(styles.meta)}> ({vendor.facts})</span>}
        </p>
      )}
      {effect !== undefined && <p>{effect}</p>}
      {wait !== null && <p>{wait}</p>}
      {error.advice !== null && <p>{error.advice}</p>}
    </Banner>
  );
}
