/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "doc.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Markdown and HTML. */

static void
append_markdown (GString *out, const char *text, gboolean cell)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\n' && cell)
        g_string_append (out, "<br>");
      else if (*p == '\r')
        continue;
      else
        {
          if (strchr ("\\`*_[]<>#|~", *p) != NULL)
            g_string_append_c (out, '\\');
          g_string_append_c (out, *p);
        }
    }
}

static void
markdown_row (GString *out, char **row)
{
  g_string_append_c (out, '|');
  for (guint i = 0; row[i] != NULL; i++)
    {
      g_string_append_c (out, ' ');
      append_markdown (out, row[i], TRUE);
      g_string_append (out, " |");
    }
  g_string_append_c (out, '\n');
}

static void
markdown_rule (GString *out, guint n)
{
  g_string_append_c (out, '|');
  for (guint i = 0; i < n; i++)
    g_string_append (out, " --- |");
  g_string_append_c (out, '\n');
}

/* A text that a person wrote in Markdown stays Markdown; as a quotation it cannot disturb what is around it.
 */
static void
markdown_text (GString *out, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (out, "> %s\n", g_strchomp (lines[i]));
}

static void
markdown_block (GString *out, const BatonDocBlock *block)
{
  switch (block->kind)
    {
    case BATON_DOC_HEADING:
      for (int i = 0; i < block->level; i++)
        g_string_append_c (out, '#');
      g_string_append_c (out, ' ');
      append_markdown (out, block->text, TRUE);
      g_string_append_c (out, '\n');
      break;
    case BATON_DOC_FACTS:
      for (guint i = 0; i < block->rows->len; i++)
        {
          char **row = g_ptr_array_index (block->rows, i);

          g_string_append (out, "- **");
          append_markdown (out, row[0], TRUE);
          g_string_append (out, ":** ");
          append_markdown (out, row[1], TRUE);
          g_string_append_c (out, '\n');
        }
      break;
    case BATON_DOC_TABLE:
      for (guint i = 0; i < block->rows->len; i++)
        {
          markdown_row (out, g_ptr_array_index (block->rows, i));
          if (i == 0)
            markdown_rule (out, g_strv_length (g_ptr_array_index (block->rows, i)));
        }
      break;
    case BATON_DOC_TEXT:
    default:
      markdown_text (out, block->text);
      break;
    }
}

char *
baton_doc_to_markdown (const BatonDoc *doc)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < doc->blocks->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, '\n');
      markdown_block (out, g_ptr_array_index (doc->blocks, i));
    }
  return g_string_free (out, FALSE);
}

static void
append_html (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '"')
        g_string_append (out, "&quot;");
      else if (c >= 32 || c == '\n' || c == '\t')
        g_string_append_unichar (out, c);
    }
}

static void
html_cell (GString *out, const char *tag, const char *text)
{
  g_string_append_printf (out, "<%s>", tag);
  append_html (out, text);
  g_string_append_printf (out, "</%.2s>", tag);
}

static void
html_rows (GString *out, const BatonDocBlock *block)
{
  gboolean facts = block->kind == BATON_DOC_FACTS;

  g_string_append (out, facts ? "<table class=\"facts\">\n<tbody>\n" : "<table>\n");
  for (guint i = 0; i < block->rows->len; i++)
    {
      char **row = g_ptr_array_index (block->rows, i);
      gboolean head = i == 0 && !facts;

      g_string_append (out, head ? "<thead>\n<tr>" : i == 1 && !facts ? "<tbody>\n<tr>" : "<tr>");
      for (guint j = 0; row[j] != NULL; j++)
        html_cell (out, head ? "th scope=\"col\"" : facts && j == 0 ? "th scope=\"row\"" : "td", row[j]);
      g_string_append (out, head ? "</tr>\n</thead>\n" : "</tr>\n");
    }
  g_string_append (out, facts || block->rows->len > 1 ? "</tbody>\n</table>\n" : "</table>\n");
}

static void
html_block (GString *out, const BatonDocBlock *block)
{
  switch (block->kind)
    {
    case BATON_DOC_HEADING:
      g_string_append_printf (out, "<h%d>", block->level);
      append_html (out, block->text);
      g_string_append_printf (out, "</h%d>\n", block->level);
      break;
    case BATON_DOC_FACTS:
    case BATON_DOC_TABLE:
      html_rows (out, block);
      break;
    case BATON_DOC_TEXT:
    default:
      g_string_append (out, "<div class=\"text\">");
      append_html (out, block->text);
      g_string_append (out, "</div>\n");
      break;
    }
}

static const char style[] =
    "@page { size: A4; margin: 18mm; }\n"
    "body { font: 11pt/1.45 \"Cantarell\", \"Segoe UI\", sans-serif; color: #1e1e1e; background: #fff;"
    " max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }\n"
    "h1 { font-size: 1.7em; } h2 { font-size: 1.2em; margin-top: 1.6em; }\n"
    "h1, h2, h3 { break-after: avoid; line-height: 1.2; }\n"
    "table { border-collapse: collapse; width: 100%; font-size: 0.92em; }\n"
    "th, td { text-align: start; vertical-align: top; padding: 0.3em 0.6em 0.3em 0; border-bottom: 1px solid "
    "#ddd;"
    " overflow-wrap: anywhere; white-space: pre-line; }\n"
    "thead { display: table-header-group; } tr { break-inside: avoid; }\n"
    ".facts th { width: 11em; font-weight: normal; color: #5e5c64; }\n"
    ".text { white-space: pre-wrap; overflow-wrap: anywhere; }\n"
    "@media print { body { margin: 0; max-width: none; padding: 0; } }\n";

char *
baton_doc_to_html (const BatonDoc *doc)
{
  GString *out = g_string_new ("<!DOCTYPE html>\n");

  /* Translators: the language of the texts around this, as an HTML page names it: en, de, … */
  g_string_append_printf (out, "<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", C_ ("html", "en"));
  g_string_append (out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
  append_html (out, doc->title);
  g_string_append_printf (out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", style);
  for (guint i = 0; i < doc->blocks->len; i++)
    html_block (out, g_ptr_array_index (doc->blocks, i));
  g_string_append (out, "</body>\n</html>\n");
  return g_string_free (out, FALSE);
}
