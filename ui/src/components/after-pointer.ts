let pressed = false;
const waiting: (() => void)[] = [];

function release() {
  pressed = false;
  // The click that ends the press comes first.
  setTimeout(() => waiting.splice(0).forEach((action) => action()));
}

document.addEventListener("pointerdown", () => (pressed = true), true);
document.addEventListener("pointerup", release, true);
document.addEventListener("pointercancel", release, true);

/**
 * Runs an action once no pointer is pressed. A field is left when the pointer goes down elsewhere: a message
 * appearing in that moment would move what the user is about to click.
 */
export function afterPointer(action: () => void): void {
  if (pressed) waiting.push(action);
  else action();
}
