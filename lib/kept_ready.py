"""What was made once and is kept ready for a day: pages, PDFs, ratings. All of it can be made again, and is forgotten at once where it must not be shown.

Apart from counters of limits and signs of life, which lie in Django's own `cache`.
"""

from django.core.cache import caches
from django.utils.connection import ConnectionProxy

cache = ConnectionProxy(caches, "kept_ready")
