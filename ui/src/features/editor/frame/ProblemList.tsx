import { useState } from "react";
import { Dialog, DialogTrigger, Popover as AriaPopover } from "react-aria-components";
import type { FieldPath } from "~/bindings/FieldPath";
import { cx, LinkButton } from "~/components";
import styles from "./ProblemList.module.css";
import type { Problem } from "../form/use-webhook-form";
import { lowerFirst } from "../form/validation";

type Props = { problems: Problem[]; onJump: (path: FieldPath) => void };

/** All problems of a form, each with the way to its field. */
export function ProblemList({ problems, onJump }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <LinkButton>Show all</LinkButton>
      <AriaPopover className={cx(styles.popover)} placement="top start" offset={6}>
        <Dialog aria-label="All problems" className={cx(styles.content)}>
          <ol className={styles.list}>
            {problems.map(({ path, section, label, message }) => (
              <li key={path}>
                <LinkButton
                  onPress={() => {
                    setOpen(false);
                    onJump(path);
                  }}
                >
                  {section}, {lowerFirst(label)}
                </LinkButton>
                <p>
                  <bdi>{message}</bdi>
                </p>
              </li>
            ))}
          </ol>
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
