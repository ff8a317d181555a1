import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes down the public API as it is now, for {@code ApiIT} to compare later versions with: what a program can reach from
 * {@code Soundlift} and from all of the rooms of wishes, facts, failures and streams, as class files without code. To be run
 * after {@code ./mvnw -DskipTests package}, by whoever changes the API on purpose.
 *
 * <pre>java -cp 'target/soundlift/lib/*' src/build/ApiBaseline.java</pre>
 */
final class ApiBaseline {
    private static final Path PROGRAM = Path.of("target/soundlift/lib/soundlift.jar");
    private static final Path BASELINE = Path.of("src/test/api/soundlift-api.jar");
    private static final String OWN = "dev.soundlift.";
    private static final List<String> ROOMS = List.of("failure", "media", "request", "stream");
    /** A baseline of the same API is the same file. */
    private static final LocalDateTime DATE = LocalDateTime.of(2026, 1, 1, 0, 0);

    private final TreeMap<String, Class<?>> reached = new TreeMap<>();
    private final Deque<Class<?>> open = new ArrayDeque<>();

    public static void main(String[] arguments) throws Exception {
        new ApiBaseline().write();
    }

    private void write() throws IOException, ClassNotFoundException {
        reach(Class.forName(OWN + "Soundlift"));
        try (JarFile jar = new JarFile(PROGRAM.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) jar.stream().map(ZipEntry.class::cast)::iterator) {
                String name = entry.getName().replace('/', '.').replaceFirst("\\.class$", "");
                boolean inRoom = ROOMS.stream().anyMatch(room -> name.matches(OWN + room + "\\.\\w+"));
                if (inRoom && !name.endsWith("package-info")) reach(Class.forName(name));
            }
            while (!open.isEmpty()) lookAt(open.pop());
            Files.createDirectories(BASELINE.getParent());
            try (OutputStream file = Files.newOutputStream(BASELINE);
                    ZipOutputStream zip = new ZipOutputStream(file)) {
                for (Class<?> one : reached.values()) {
                    String name = one.getName().replace('.', '/') + ".class";
                    ZipEntry entry = new ZipEntry(name);
                    entry.setTimeLocal(DATE);
                    zip.putNextEntry(entry);
                    zip.write(withoutCode(jar.getInputStream(jar.getEntry(name)).readAllBytes()));
                    zip.closeEntry();
                }
            }
        }
        System.out.println(BASELINE + ": " + reached.size() + " classes, " + Files.size(BASELINE) + " bytes");
    }

    /** Unless nobody outside can name it. */
    private void reach(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) element = element.getComponentType();
        if (!element.getName().startsWith(OWN) || !isOpen(element.getModifiers())) return;
        if (reached.put(element.getName(), element) == null) open.push(element);
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private void lookAt(Class<?> type) {
        if (type.getEnclosingClass() != null) reach(type.getEnclosingClass());
        reach(type.getGenericSuperclass());
        Stream.of(type.getGenericInterfaces()).forEach(this::reach);
        Stream.of(type.getDeclaredClasses()).forEach(this::reach);
        if (type.isSealed()) Stream.of(type.getPermittedSubclasses()).forEach(this::reach);
        for (Field field : type.getDeclaredFields()) if (isOpen((Member) field)) reach(field.getGenericType());
        for (Method method : type.getDeclaredMethods()) if (isOpen(method)) lookAt(method, method.getGenericReturnType());
        for (Constructor<?> one : type.getDeclaredConstructors()) if (isOpen(one)) lookAt(one, type);
    }

    private static boolean isOpen(Member member) {
        return isOpen(member.getModifiers()) && !member.isSynthetic();
    }

    private void lookAt(Executable method, Type result) {
        reach(result);
        Stream.of(method.getGenericParameterTypes(), method.getGenericExceptionTypes())
                .flatMap(Arrays::stream)
                .forEach(this::reach);
    }

    private void reach(Type type) {
        if (type instanceof Class<?> one) reach(one);
        else if (type instanceof GenericArrayType array) reach(array.getGenericComponentType());
        else if (type instanceof WildcardType any) Stream.of(any.getUpperBounds(), any.getLowerBounds()).flatMap(Arrays::stream).forEach(this::reach);
        else if (type instanceof TypeVariable<?> any) Stream.of(any.getBounds()).filter(Class.class::isInstance).forEach(this::reach);
        else if (type instanceof ParameterizedType generic) {
            reach(generic.getRawType());
            Stream.of(generic.getActualTypeArguments()).forEach(this::reach);
        }
    }

    /** What others can name, with signatures, and nothing else. */
    private static byte[] withoutCode(byte[] whole) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(whole).accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public FieldVisitor visitField(int access, String name, String type, String signature, Object value) {
                return isOpen(access) ? super.visitField(access, name, type, signature, value) : null;
            }

            @Override
            public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] thrown) {
                boolean shown = isOpen(access) && (access & Opcodes.ACC_SYNTHETIC) == 0;
                return shown ? super.visitMethod(access, name, type, signature, thrown) : null;
            }
        }, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }
}
