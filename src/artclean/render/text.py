"""The clean story alone, for corpora."""

from artclean.model import Article


def to_text(article: Article) -> str:
    """Lead, paragraphs and sub-headings, a blank line between them, one newline at the end."""
    return f"{article.text}\n" if article.text else ""
