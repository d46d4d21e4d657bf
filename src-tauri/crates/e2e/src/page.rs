//! Finding and using things in the window as a user does.

use crate::{DriveError, PATIENCE, Window};
use fantoccini::Locator;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};

impl Window {
    /// A button, link-like button or menu item by its label or visible text.
    ///
    /// # Errors
    /// It did not appear.
    pub async fn button(&self, label: &str) -> Result<Element, DriveError> {
        let text = literal(label);
        let path = format!(
            "//*[self::button or self::a or @role='button' or @role='menuitem' or @role='menuitemradio' or @role='option' or @role='tab' or @role='radio' or @role='checkbox' or @role='treeitem'][not(@disabled)][normalize-space(.)={text} or @aria-label={text}]"
        );
        self.find(&format!("a button “{label}”"), &path).await
    }

    /// Presses a button, scrolled into view first.
    ///
    /// # Errors
    /// It did not appear, or cannot be pressed.
    pub async fn press(&self, label: &str) -> Result<(), DriveError> {
        self.click(self.button(label).await?).await
    }

    /// Presses whatever an XPath finds.
    ///
    /// # Errors
    /// It did not appear, or cannot be pressed.
    pub async fn press_path(&self, path: &str) -> Result<(), DriveError> {
        self.click(self.find(path, path).await?).await
    }

    /// A text box by its label.
    ///
    /// # Errors
    /// It did not appear.
    pub async fn field(&self, label: &str) -> Result<Element, DriveError> {
        let text = literal(label);
        let path = format!(
            "//*[self::input or self::textarea][@aria-label={text} or @id=//label[normalize-space(.)={text} or normalize-space(text())={text}]/@for or @aria-labelledby=//label[normalize-space(.)={text} or normalize-space(text())={text}]/@id]"
        );
        self.find(&format!("a field “{label}”"), &path).await
    }

    /// Replaces a text box's text by typing.
    ///
    /// # Errors
    /// It did not appear, or cannot be typed into.
    pub async fn fill(&self, label: &str, text: &str) -> Result<(), DriveError> {
        let field = self.field(label).await?;
        self.reveal(&field).await?;
        field.click().await?;
        // Select all by key, so that the window sees the typing of a user.
        field.send_keys("\u{E009}a\u{E000}").await?;
        field.send_keys(if text.is_empty() { "\u{E003}" } else { text }).await?;
        Ok(())
    }

    /// Replaces the text of whatever an XPath finds by typing, such as a code editor.
    ///
    /// # Errors
    /// It did not appear, or cannot be typed into.
    pub async fn type_into(&self, path: &str, text: &str) -> Result<(), DriveError> {
        let element = self.find(path, path).await?;
        self.reveal(&element).await?;
        element.click().await?;
        element.send_keys("\u{E009}a\u{E000}").await?;
        Ok(element.send_keys(text).await?)
    }

    /// Presses keys where the caret is; typing into an element would move it.
    ///
    /// # Errors
    /// The driver failed.
    pub async fn keys(&self, keys: &str) -> Result<(), DriveError> {
        let pressed = |actions: KeyActions, value: char| {
            actions.then(KeyAction::Down { value }).then(KeyAction::Up { value })
        };
        Ok(self
            .client
            .perform_actions(keys.chars().fold(KeyActions::new("keyboard".into()), pressed))
            .await?)
    }

    /// Ticks a switch or checkbox by its label, whatever it is made of.
    ///
    /// # Errors
    /// It did not appear.
    pub async fn tick(&self, label: &str) -> Result<(), DriveError> {
        let text = literal(label);
        let path = format!(
            "//label[.//input[@type='checkbox' or @type='radio']][normalize-space(.)={text} or .//input[@aria-label={text}]]"
        );
        self.click(self.find(&format!("a switch “{label}”"), &path).await?).await
    }

    /// Waits until a text stands somewhere in the window.
    ///
    /// # Errors
    /// It did not appear.
    pub async fn see(&self, text: &str) -> Result<(), DriveError> {
        let script = "return document.body.innerText.includes(arguments[0])";
        self.until(&format!("the text “{text}”"), script, vec![json!(text)]).await
    }

    /// Waits until a text stands nowhere in the window.
    ///
    /// # Errors
    /// It did not go.
    pub async fn see_no(&self, text: &str) -> Result<(), DriveError> {
        let script = "return !document.body.innerText.includes(arguments[0])";
        self.until(&format!("the end of the text “{text}”"), script, vec![json!(text)]).await
    }

    /// Waits until nothing is being read or written.
    ///
    /// # Errors
    /// Something still is.
    pub async fn settled(&self) -> Result<(), DriveError> {
        let script =
            "return !!document.querySelector('#root > *') && !document.querySelector('[aria-busy=\"true\"]')";
        self.until("a settled window", script, vec![]).await?;
        // What is in the page is on the screen two frames later.
        let painted =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.client.execute_async(painted, vec![]).await?;
        Ok(())
    }

    /// Waits until a script returns true.
    ///
    /// # Errors
    /// It never did.
    pub async fn until(&self, wanted: &str, script: &str, arguments: Vec<Value>) -> Result<(), DriveError> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if self.client.execute(script, arguments.clone()).await? == json!(true) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        Err(self.missing(wanted).await)
    }

    /// All the text of the window.
    ///
    /// # Errors
    /// The driver failed.
    pub async fn text(&self) -> Result<String, DriveError> {
        let text = self.client.execute("return document.body.innerText", vec![]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Writes what the window shows as a PNG.
    ///
    /// # Errors
    /// The driver failed, or the file cannot be written.
    pub async fn picture(&self, file: &Path) -> Result<(), DriveError> {
        let png = self.client.screenshot().await?;
        Ok(tokio::fs::write(file, png).await?)
    }

    /// Finds something by XPath.
    ///
    /// # Errors
    /// It did not appear.
    pub async fn find(&self, wanted: &str, path: &str) -> Result<Element, DriveError> {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::XPath(path)).await;
        match found {
            Ok(element) => Ok(element),
            Err(CmdError::WaitTimeout) => Err(self.missing(wanted).await),
            Err(error) => Err(error.into()),
        }
    }

    async fn click(&self, element: Element) -> Result<(), DriveError> {
        self.reveal(&element).await?;
        self.rest(&element).await?;
        Ok(element.click().await?)
    }

    async fn reveal(&self, element: &Element) -> Result<(), DriveError> {
        let element = serde_json::to_value(element).unwrap_or_default();
        self.client.execute("arguments[0].scrollIntoView({block: 'center'})", vec![element]).await?;
        Ok(())
    }

    /// Waits until an element stays where it is: a press is aimed at a point, and what moves meanwhile is missed.
    async fn rest(&self, element: &Element) -> Result<(), DriveError> {
        let element = serde_json::to_value(element).unwrap_or_default();
        self.client.execute_async(REST, vec![element]).await?;
        Ok(())
    }

    async fn missing(&self, wanted: &str) -> DriveError {
        let shown = self.text().await.unwrap_or_default().chars().take(3000).collect();
        DriveError::Missing { wanted: wanted.to_owned(), shown }
    }
}

/// Ends after three frames in which the element has not moved.
const REST: &str = "
    const [element, done] = arguments;
    let before = '', still = 0;
    const look = () => {
        const { top, left, width, height } = element.getBoundingClientRect();
        const now = [top, left, width, height].join();
        still = now === before ? still + 1 : 0;
        before = now;
        if (still >= 3 || !element.isConnected) done();
        else requestAnimationFrame(look);
    };
    look();";

/// A text as an XPath literal.
fn literal(text: &str) -> String {
    if text.contains('\'') { format!("\"{text}\"") } else { format!("'{text}'") }
}
