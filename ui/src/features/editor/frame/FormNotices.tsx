import type { ReactNode } from "react";
import type { Connection } from "~/bindings/Connection";
import type { FieldError } from "~/bindings/FieldError";
import type { Mark } from "~/bindings/Mark";
import type { Offer } from "~/bindings/Offer";
import type { Section } from "~/bindings/Section";
import { Banner, MarkBanners } from "~/components";
import { formLockWords } from "../../connections";
import { Notices } from "../../review/Notices";
import styles from "../EditorForm.module.css";
import { allFields } from "../form/form-state";

/** What concerns the whole form: that it is read-only, what was refused, what is special about the webhook. */
export function FormNotices({
  offer,
  connection,
  stray,
  marks,
  children,
}: {
  offer: Offer;
  connection: Connection;
  stray: FieldError[];
  marks: Mark[];
  /** Stands before everything else: what became of earlier changes. */
  children: ReactNode;
}) {
  const general = offer.capabilities.notices.filter((notice) => notice.path === null);
  return (
    <div className={styles.notices}>
      {children}
      {connection.readOnly && (
        <Banner tone="info" icon="lock">
          {formLockWords(connection)}
        </Banner>
      )}
      {stray.length > 0 && (
        <Banner tone="error" title="The webhook was not accepted">
          {stray.map((error) => (
            <p key={`${error.path} ${error.message}`}>
              <bdi>{error.message}</bdi>
            </p>
          ))}
        </Banner>
      )}
      <MarkBanners marks={marks} />
      <Notices notices={general} />
    </div>
  );
}

/** What is said of a path above several fields, such as `filter` of `filter.rooms`, stands once over the section. */
export function SectionNotices({ offer, section }: { offer: Offer; section: Section }) {
  const exact = new Set(allFields(offer.capabilities).map((spec) => spec.path));
  const own = offer.capabilities.notices.filter(({ path }) => {
    if (path === null || exact.has(path)) return false;
    return section.id === path || section.fields.some((spec) => spec.path.startsWith(`${path}.`));
  });
  const quiet = own.filter(({ level }) => level === "info");
  return (
    <>
      {quiet.map(({ words }) => (
        <p key={words} className={styles.sectionNotice}>
          {words}
        </p>
      ))}
      <Notices notices={own.filter(({ level }) => level === "warning")} />
    </>
  );
}
