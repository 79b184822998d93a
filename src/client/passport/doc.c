/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "doc.h"

#include <stdarg.h>
#include <string.h>

static void
block_free (gpointer data)
{
  BatonDocBlock *block = data;

  g_free (block->text);
  g_clear_pointer (&block->rows, g_ptr_array_unref);
  g_free (block);
}

BatonDoc *
baton_doc_new (const char *title)
{
  BatonDoc *doc = g_new0 (BatonDoc, 1);

  doc->title = g_strdup (title);
  doc->blocks = g_ptr_array_new_with_free_func (block_free);
  return doc;
}

void
baton_doc_free (BatonDoc *doc)
{
  g_free (doc->title);
  g_ptr_array_unref (doc->blocks);
  g_free (doc);
}

static BatonDocBlock *
add_block (BatonDoc *doc, BatonDocKind kind, const char *text)
{
  BatonDocBlock *block = g_new0 (BatonDocBlock, 1);

  block->kind = kind;
  block->text = g_strdup (text);
  g_ptr_array_add (doc->blocks, block);
  return block;
}

void
baton_doc_heading (BatonDoc *doc, int level, const char *text)
{
  add_block (doc, BATON_DOC_HEADING, text)->level = level;
}

void
baton_doc_text (BatonDoc *doc, const char *text)
{
  if (text != NULL && strspn (text, " \t\r\n") < strlen (text))
    add_block (doc, BATON_DOC_TEXT, text);
}

BatonDocBlock *
baton_doc_facts (BatonDoc *doc)
{
  BatonDocBlock *block = add_block (doc, BATON_DOC_FACTS, NULL);

  block->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return block;
}

BatonDocBlock *
baton_doc_table (BatonDoc *doc, const char *first_header, ...)
{
  BatonDocBlock *block = add_block (doc, BATON_DOC_TABLE, NULL);
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  va_list args;

  va_start (args, first_header);
  for (const char *header = first_header; header != NULL; header = va_arg (args, const char *))
    g_ptr_array_add (headers, g_strdup (header));
  va_end (args);
  g_ptr_array_add (headers, NULL);
  block->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_ptr_array_add (block->rows, g_ptr_array_free (g_steal_pointer (&headers), FALSE));
  return block;
}

void
baton_doc_row (BatonDocBlock *block, ...)
{
  guint n = block->kind == BATON_DOC_FACTS ? 2 : g_strv_length (g_ptr_array_index (block->rows, 0));
  char **row = g_new0 (char *, n + 1);
  va_list args;

  va_start (args, block);
  for (guint i = 0; i < n; i++)
    {
      const char *text = va_arg (args, const char *);

      row[i] = g_strdup (text != NULL ? text : "");
    }
  va_end (args);
  g_ptr_array_add (block->rows, row);
}

void
baton_doc_fact (BatonDocBlock *block, const char *what, const char *how)
{
  if (how != NULL && *how != '\0')
    baton_doc_row (block, what, how, NULL);
}
