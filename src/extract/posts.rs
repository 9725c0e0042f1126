//! Posts on social networks that the article quotes: `blockquote class="twitter-tweet"` and its kin.

use super::{
    Placed,
    dom::{Dom, Id},
    spans,
    text::tidy,
    vocabulary::{Role, roles},
};
use crate::article::BlockKind;

/// Makes posts of the quotes that are marked as such. Who wrote it is said first: `— Name (@name) 3. Mai 2024`, which
/// stands below, becomes `Name: …`.
pub fn find(dom: &Dom, body: &mut Vec<Placed>) {
    let mut at = 0;
    while at < body.len() {
        let Some(post) = post_around(dom, body[at].at) else {
            at += 1;
            continue;
        };
        let mut end = at;
        while body
            .get(end)
            .is_some_and(|placed| dom.contains(post, placed.at))
        {
            end += 1;
        }
        let mut parts: Vec<Placed> = body.drain(at..end).collect();
        let mut author = None;
        parts.retain_mut(|part| {
            if let Some(name) = author_line(&part.block.text.text) {
                author = Some(name);
                return false;
            }
            let kept = without_links(&part.block.text.text);
            let (mut text, _) = spans::split(&part.block.text, kept);
            std::mem::swap(&mut part.block.text, &mut text);
            part.block.kind = BlockKind::Post;
            !part.block.text.text.is_empty()
        });
        if let (Some(author), Some(first)) = (author, parts.first_mut()) {
            spans::prepend(&format!("{author}:"), &mut first.block.text);
        }
        end = at + parts.len();
        body.splice(at..at, parts);
        at = end;
    }
}

fn post_around(dom: &Dom, at: Id) -> Option<Id> {
    std::iter::once(at)
        .chain(dom.ancestors(at))
        .take(10)
        .find(|id| {
            dom.tag(*id) == "blockquote"
                && dom
                    .element(*id)
                    .is_some_and(|element| roles(element).has(Role::Social))
        })
}

/// The name in the line below a post.
fn author_line(text: &str) -> Option<String> {
    let rest = text.strip_prefix(['—', '–', '-'])?.trim_start();
    let at = rest.find("(@").or_else(|| rest.find('@'))?;
    let name = tidy(&rest[..at]);
    ((1..=60).contains(&name.chars().count())).then_some(name)
}

/// How much of a post is left without the addresses at its end.
fn without_links(text: &str) -> usize {
    let mut len = text.len();
    while let Some(last) = text[..len].split(' ').next_back() {
        let is_link = last.starts_with("https://")
            || last.starts_with("http://")
            || last.starts_with("pic.twitter.com/")
            || last.starts_with("t.co/");
        if !is_link {
            break;
        }
        len = text[..len - last.len()].trim_end().len();
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_links() {
        let rows = [
            (
                "— Wetterdienst Nord (@wdnord) 3. Mai 2024",
                Some("Wetterdienst Nord"),
            ),
            ("— Anonym", None),
            ("Wetterdienst (@wdnord)", None),
        ];
        for (line, name) in rows {
            assert_eq!(author_line(line).as_deref(), name, "{line}");
        }
        let text = "Es schneit. https://t.co/abc pic.twitter.com/xyz";
        assert_eq!(&text[..without_links(text)], "Es schneit.");
    }
}
