/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "markdown.h"

#include <cmark.h>
#include <string.h>

/* What nests deeper is drawn as if it did not. */
#define DEEPEST 8

typedef struct
{
  GPtrArray *blocks;
  BatonBlock *block; /* the one that text goes into */
  guint lists;
  guint quotes;
  char *marker;    /* for the next block */
  GArray *numbers; /* int: of the next item, for each list that is open */
  guint in_link;   /* no links inside links */
} Writer;

void
baton_block_free (BatonBlock *block)
{
  g_free (block->marker);
  g_string_free (block->markup, TRUE);
  g_free (block);
}

gboolean
baton_markdown_is_safe_uri (const char *uri)
{
  static const char *const schemes[] = { "http://", "https://", "mailto:" };

  for (guint i = 0; uri != NULL && i < G_N_ELEMENTS (schemes); i++)
    {
      if (g_ascii_strncasecmp (uri, schemes[i], strlen (schemes[i])) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Pango refuses markup with control characters in it, even escaped ones. */
static void
append_escaped (GString *markup, const char *text, gssize length)
{
  g_autofree char *clean = g_strndup (text, length >= 0 ? (gsize) length : strlen (text));
  g_autofree char *valid = g_utf8_make_valid (clean, -1);
  g_autofree char *escaped = NULL;

  for (char *at = valid; *at != '\0'; at++)
    {
      if ((guchar) *at < 0x20 && *at != '\n' && *at != '\t')
        *at = ' ';
    }
  escaped = g_markup_escape_text (valid, -1);
  g_string_append (markup, escaped);
}

static void
append_link_start (GString *markup, const char *uri, gssize length)
{
  g_string_append (markup, "<a href=\"");
  append_escaped (markup, uri, length);
  g_string_append (markup, "\">");
}

/* Where a bare address ends: at a space or a delimiter, without the punctuation of the sentence around it. */
static gsize
address_length (const char *start)
{
  gsize length = strcspn (start, " \t\r\n<>\"");

  while (length > 0 && strchr (".,;:!?)]}'*_", start[length - 1]) != NULL)
    length--;
  return length;
}

void
baton_markdown_append_text (GString *markup, const char *text)
{
  const char *rest = text;
  const char *found;

  while ((found = strstr (rest, "http")) != NULL)
    {
      gsize scheme = g_str_has_prefix (found, "https://") ? 8 : g_str_has_prefix (found, "http://") ? 7 : 0;
      gsize length = scheme > 0 ? address_length (found) : 0;

      if (length <= scheme || (found > text && g_ascii_isalnum (found[-1])))
        {
          append_escaped (markup, rest, found - rest + 4);
          rest = found + 4;
          continue;
        }
      append_escaped (markup, rest, found - rest);
      append_link_start (markup, found, (gssize) length);
      append_escaped (markup, found, (gssize) length);
      g_string_append (markup, "</a>");
      rest = found + length;
    }
  append_escaped (markup, rest, -1);
}

static BatonBlock *
start_block (Writer *writer, BatonBlockKind kind)
{
  BatonBlock *block = g_new0 (BatonBlock, 1);

  block->kind = kind;
  block->depth = MIN (writer->lists, DEEPEST);
  block->quotes = MIN (writer->quotes, DEEPEST);
  block->marker = g_steal_pointer (&writer->marker);
  block->markup = g_string_new (NULL);
  g_ptr_array_add (writer->blocks, block);
  writer->block = block;
  return block;
}

static void
add_literal_block (Writer *writer, cmark_node *node, BatonBlockKind kind)
{
  BatonBlock *block = start_block (writer, kind);
  const char *text = cmark_node_get_literal (node);
  gsize length = text != NULL ? strlen (text) : 0;

  while (length > 0 && text[length - 1] == '\n')
    length--;
  append_escaped (block->markup, text != NULL ? text : "", (gssize) length);
  writer->block = NULL;
}

static void
start_list (Writer *writer, cmark_node *node)
{
  int number = cmark_node_get_list_type (node) == CMARK_ORDERED_LIST ? cmark_node_get_list_start (node) : -1;

  g_array_append_val (writer->numbers, number);
  writer->lists++;
}

static void
end_list (Writer *writer)
{
  g_array_set_size (writer->numbers, writer->numbers->len - 1);
  writer->lists--;
}

static void
start_item (Writer *writer)
{
  int *number = &g_array_index (writer->numbers, int, writer->numbers->len - 1);

  g_free (writer->marker);
  writer->marker = *number < 0 ? g_strdup ("•") : g_strdup_printf ("%d.", (*number)++);
}

/* An item with nothing in it still shows its marker. */
static void
end_item (Writer *writer)
{
  if (writer->marker != NULL)
    start_block (writer, BATON_BLOCK_PARAGRAPH);
  writer->block = NULL;
}

static void
on_block (Writer *writer, cmark_node *node, gboolean enter)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_BLOCK_QUOTE:
      writer->quotes += enter ? 1 : (guint) -1;
      break;
    case CMARK_NODE_LIST:
      if (enter)
        start_list (writer, node);
      else
        end_list (writer);
      break;
    case CMARK_NODE_ITEM:
      if (enter)
        start_item (writer);
      else
        end_item (writer);
      break;
    case CMARK_NODE_PARAGRAPH:
      if (enter)
        start_block (writer, BATON_BLOCK_PARAGRAPH);
      else
        writer->block = NULL;
      break;
    case CMARK_NODE_HEADING:
      if (enter)
        start_block (writer, BATON_BLOCK_HEADING)->level = (guint) cmark_node_get_heading_level (node);
      else
        writer->block = NULL;
      break;
    case CMARK_NODE_THEMATIC_BREAK:
      start_block (writer, BATON_BLOCK_RULE);
      writer->block = NULL;
      break;
    case CMARK_NODE_CODE_BLOCK:
      add_literal_block (writer, node, BATON_BLOCK_CODE);
      break;
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_CUSTOM_BLOCK:
      if (enter)
        add_literal_block (writer, node, BATON_BLOCK_PARAGRAPH);
      break;
    case CMARK_NODE_DOCUMENT:
    case CMARK_NODE_NONE:
    case CMARK_NODE_TEXT:
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_CUSTOM_INLINE:
    case CMARK_NODE_EMPH:
    case CMARK_NODE_STRONG:
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
    default:
      break;
    }
}

/* A picture is an address with a description; nothing is fetched. What may not be opened shows its address as
 * text, so that nothing is hidden. */
static void
on_link (Writer *writer, cmark_node *node, gboolean enter)
{
  GString *markup = writer->block->markup;
  const char *uri = cmark_node_get_url (node);
  gboolean safe = baton_markdown_is_safe_uri (uri);

  if (enter)
    {
      writer->in_link++;
      if (safe && writer->in_link == 1)
        append_link_start (markup, uri, -1);
      return;
    }
  if (safe && writer->in_link == 1)
    g_string_append (markup, "</a>");
  else if (!safe && uri != NULL && *uri != '\0')
    {
      g_string_append (markup, " (");
      append_escaped (markup, uri, -1);
      g_string_append (markup, ")");
    }
  writer->in_link--;
}

static void
on_literal (Writer *writer, cmark_node *node)
{
  const char *text = cmark_node_get_literal (node);

  if (text == NULL)
    return;
  if (cmark_node_get_type (node) == CMARK_NODE_TEXT && writer->in_link == 0)
    baton_markdown_append_text (writer->block->markup, text);
  else
    append_escaped (writer->block->markup, text, -1);
}

static void
on_inline (Writer *writer, cmark_node *node, gboolean enter)
{
  GString *markup = writer->block->markup;

  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_HTML_INLINE:
    case CMARK_NODE_CUSTOM_INLINE:
      if (enter)
        on_literal (writer, node);
      break;
    case CMARK_NODE_CODE:
      g_string_append (markup, "<tt>");
      on_literal (writer, node);
      g_string_append (markup, "</tt>");
      break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
      /* A line typed is a line shown: teams write short notes, not manuscripts. */
      g_string_append_c (markup, '\n');
      break;
    case CMARK_NODE_EMPH:
      g_string_append (markup, enter ? "<i>" : "</i>");
      break;
    case CMARK_NODE_STRONG:
      g_string_append (markup, enter ? "<b>" : "</b>");
      break;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
      on_link (writer, node, enter);
      break;
    case CMARK_NODE_NONE:
    case CMARK_NODE_DOCUMENT:
    case CMARK_NODE_BLOCK_QUOTE:
    case CMARK_NODE_LIST:
    case CMARK_NODE_ITEM:
    case CMARK_NODE_CODE_BLOCK:
    case CMARK_NODE_HTML_BLOCK:
    case CMARK_NODE_CUSTOM_BLOCK:
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
    case CMARK_NODE_THEMATIC_BREAK:
    default:
      break;
    }
}

GPtrArray *
baton_markdown_blocks (const char *source)
{
  g_autofree char *valid = g_utf8_make_valid (source, -1);
  Writer writer = { .blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_block_free),
    .numbers = g_array_new (FALSE, FALSE, sizeof (int)) };
  cmark_node *document = cmark_parse_document (valid, strlen (valid), CMARK_OPT_DEFAULT);
  cmark_iter *iter = cmark_iter_new (document);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    {
      cmark_node *node = cmark_iter_get_node (iter);
      gboolean is_block = cmark_node_get_type (node) < CMARK_NODE_FIRST_INLINE;

      if (is_block)
        on_block (&writer, node, event == CMARK_EVENT_ENTER);
      else if (writer.block != NULL)
        on_inline (&writer, node, event == CMARK_EVENT_ENTER);
    }
  cmark_iter_free (iter);
  cmark_node_free (document);
  g_free (writer.marker);
  g_array_unref (writer.numbers);
  return writer.blocks;
}
