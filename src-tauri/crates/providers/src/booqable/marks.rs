//! Endpoints that look as if another tool had made them: such tools subscribe through the same API.

use tacklebox_model::{Mark, MarkAsks, MarkKind};

/// Hosts at which other tools wait for webhooks. A leading dot stands for any host below; `hook.*` for any host
/// between the two parts.
const TOOLS: [(&str, &str, &str); 15] = [
    ("", "hooks.zapier.com", "Zapier"),
    ("", "hook.make.com", "Make"),
    ("hook.", ".make.com", "Make"),
    ("", "hook.integromat.com", "Make"),
    ("", ".app.n8n.cloud", "n8n"),
    ("", ".m.pipedream.net", "Pipedream"),
    ("", "webhooks.workato.com", "Workato"),
    ("", ".trayapp.io", "Tray"),
    ("", ".logic.azure.com", "Power Automate"),
    ("", "maker.ifttt.com", "IFTTT"),
    ("", "connect.pabbly.com", "Pabbly"),
    ("", "hooks.airtable.com", "Airtable"),
    ("flow.", "zoho.com", "Zoho Flow"),
    ("flow.", "zoho.eu", "Zoho Flow"),
    ("", "hooks.slack.com", "Slack"),
];

/// The mark of an endpoint at this address, if it is another tool's.
pub fn marks(url: &str) -> Vec<Mark> {
    tool(url).map(mark).into_iter().collect()
}

fn mark(tool: &str) -> Mark {
    Mark {
        kind: MarkKind::OtherTool,
        label: tool.to_owned(),
        words: format!(
            "This address is one of {tool}'s, which probably made this webhook itself. Without it, what is set up \
             in {tool} gets no more events."
        ),
        asks: MarkAsks::BeforeDelete,
    }
}

fn tool(url: &str) -> Option<&'static str> {
    let parsed = url::Url::parse(url).ok()?;
    let host = parsed.host_str()?.trim_end_matches('.');
    let fits = |(start, end, _): &&(&str, &str, &str)| {
        let whole = start.is_empty() && !end.starts_with('.');
        let between = host.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
        if whole {
            host == *end
        } else {
            between.is_some_and(|rest| !rest.is_empty() || !end.starts_with('.'))
        }
    };
    TOOLS.iter().find(fits).map(|(_, _, tool)| *tool)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_tools_are_known_by_their_hosts() {
        for (url, expected) in [
            ("https://hooks.zapier.com/hooks/standard/1/abc/", Some("Zapier")),
            ("https://hook.eu1.make.com/abc", Some("Make")),
            ("https://hook.make.com/abc", Some("Make")),
            ("https://hook.integromat.com/abc", Some("Make")),
            ("https://kestrel.app.n8n.cloud/webhook/1", Some("n8n")),
            ("https://eo1.m.pipedream.net/", Some("Pipedream")),
            ("https://prod-12.westeurope.logic.azure.com:443/workflows/1", Some("Power Automate")),
            ("https://flow.zoho.eu/1/flow/webhook/incoming", Some("Zoho Flow")),
            ("https://HOOKS.zapier.com./x", Some("Zapier")),
            ("https://zapier.com/hooks", None),
            ("https://hooks.zapier.com.evil.example/x", None),
            ("https://nothooks.zapier.com/x", None),
            ("https://hook..make.com.example/x", None),
            ("https://make.com/x", None),
            ("https://app.n8n.cloud/x", None),
            ("https://kestrel.example/hooks.zapier.com", None),
            ("hooks.zapier.com", None),
        ] {
            assert_eq!(tool(url), expected, "{url}");
        }
    }

    #[test]
    fn the_words_name_the_tool_and_ask_before_a_delete() {
        let mark = marks("https://hooks.zapier.com/x").remove(0);
        assert_eq!((mark.label.as_str(), mark.asks), ("Zapier", MarkAsks::BeforeDelete));
        assert!(mark.words.contains("Zapier"));
    }
}
