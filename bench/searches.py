"""How fast plain searches are beside the engine, at the sample's size and at ten thousand entries."""

from __future__ import annotations

import importlib.util
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from importlib import import_module
from time import perf_counter

from bot.answers.fields import entry_languages, weighted_texts
from bot.answers.plain_search import CharacterSearch
from bot.answers.spelling import words
from bot.domain.directory import Directory, Entry
from storage.fulltext import FullTextSearch

Search = Callable[[str], object]


def beside(directory: Directory, texts: Sequence[str]) -> dict[str, float]:
    """Return the median milliseconds of each search; tantivy only where it is installed."""
    written = {key: text_of(entry, directory) for key, entry in directory.entries.items()}
    with closing(FullTextSearch(written)) as full_text:
        searches: dict[str, Search] = {
            "SQLite FTS5": full_text,
            "character TF-IDF": CharacterSearch(directory),
        }
        if importlib.util.find_spec("tantivy"):
            searches["tantivy"] = _tantivy(written)
        return {name: _median(search, texts) for name, search in searches.items()}


def text_of(entry: Entry, directory: Directory) -> str:
    """Return all that can be searched of an entry."""
    return "\n".join(_texts(entry, directory))


def _texts(entry: Entry, directory: Directory) -> Iterator[str]:
    for language in entry_languages(entry):
        for text, _ in weighted_texts(entry, directory, language=language):
            yield text


def _median(search: Search, texts: Sequence[str]) -> float:
    taken = []
    for text in texts:
        started = perf_counter()
        search(text)
        taken.append((perf_counter() - started) * 1000)
    return statistics.median(taken)


def _tantivy(written: Mapping[str, str]) -> Search:
    tantivy = import_module("tantivy")
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text")
    index = tantivy.Index(builder.build())
    writer = index.writer()
    for key, text in written.items():
        writer.add_document(tantivy.Document(id=key, text=text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def search(text: str) -> object:
        query = index.parse_query(" ".join(words(text)) or "x", ["text"])
        return searcher.search(query, 5).hits

    return search
