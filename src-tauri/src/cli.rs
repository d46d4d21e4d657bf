//! The few words the program takes on its command line.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use tacklebox_workbench::view::Theme;

const HELP: &str = "Tacklebox, webhooks of all your organisations in one window

Usage: tacklebox [--profile DIR] [--sandbox] [--theme system|light|dark]

  --profile DIR   keep all data below DIR, with keyring entries of its own
  --sandbox       start the built-in sandbox and connect its organisations
  --theme THEME   look like this for once, whatever is set
  --version       say the version
";

/// What was asked for on the command line.
#[derive(Debug, Default)]
pub struct Arguments {
    /// Where to keep all data.
    pub profile: Option<PathBuf>,
    /// Whether to start the sandbox.
    pub sandbox: bool,
    /// Look for once.
    pub theme: Option<Theme>,
}

impl Arguments {
    /// Reads the command line, or gives the text to say and end with.
    pub fn read() -> Result<Self, String> {
        Self::parse(lexopt::Parser::from_env()).map_err(|error| match error {
            Stop::Say(text) => text,
            Stop::Wrong(error) => format!("tacklebox: {error}\n\n{HELP}"),
        })
    }

    fn parse(mut parser: lexopt::Parser) -> Result<Self, Stop> {
        use lexopt::{Arg, ValueExt};
        let mut found = Self::default();
        while let Some(argument) = parser.next()? {
            match argument {
                Arg::Long("profile") => found.profile = Some(PathBuf::from(parser.value()?)),
                Arg::Long("sandbox") => found.sandbox = true,
                Arg::Long("theme") => found.theme = Some(parser.value()?.parse_with(theme)?),
                Arg::Long("help") | Arg::Short('h') => return Err(Stop::Say(HELP.into())),
                Arg::Long("version") => {
                    return Err(Stop::Say(format!("tacklebox {}\n", env!("CARGO_PKG_VERSION"))));
                }
                // A WebDriver passes arguments of its own, meant for nobody here.
                Arg::Long("automation") => {}
                Arg::Long(_) | Arg::Short(_) | Arg::Value(_) => return Err(argument.unexpected().into()),
            }
        }
        Ok(found)
    }
}

/// Says a text on standard output and ends with success for help, failure otherwise.
pub fn say(text: &str) -> ExitCode {
    // Nobody may be listening: a window program often has no terminal.
    let _ = std::io::stdout().write_all(text.as_bytes());
    if text.starts_with("tacklebox:") || text.starts_with("Tacklebox cannot") {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

enum Stop {
    Say(String),
    Wrong(lexopt::Error),
}

impl From<lexopt::Error> for Stop {
    fn from(error: lexopt::Error) -> Self {
        Self::Wrong(error)
    }
}

fn theme(text: &str) -> Result<Theme, &'static str> {
    match text {
        "system" => Ok(Theme::System),
        "light" => Ok(Theme::Light),
        "dark" => Ok(Theme::Dark),
        _ => Err("the theme is system, light or dark"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Arguments, Stop> {
        Arguments::parse(lexopt::Parser::from_args(words))
    }

    #[test]
    fn arguments_are_read() {
        let found = parse(&["--profile", "/tmp/x", "--sandbox", "--theme", "dark"]).ok().unwrap();
        assert_eq!(found.profile, Some(PathBuf::from("/tmp/x")));
        assert!(found.sandbox);
        assert_eq!(found.theme, Some(Theme::Dark));
    }

    #[test]
    fn an_unknown_argument_is_refused() {
        assert!(matches!(parse(&["--profil", "x"]), Err(Stop::Wrong(_))));
        assert!(matches!(parse(&["--theme", "pink"]), Err(Stop::Wrong(_))));
    }
}
